"""Words that both stemmers get wrong, or that mean something else than their root.

Each line is a stem and the words that have it. Words of one line match each other and no
other word. Found with `python -m bench.stems` and by reading complaints.
"""

from __future__ import annotations

from collections.abc import Iterable

_LINES = """
perbaik: perbaikan perbaiki memperbaiki diperbaiki pembaikan
penduduk: penduduk kependudukan berpenduduk penduduknya
saluran: saluran salurannya
antre: antre antrean antri antrian mengantre mengantri ngantri ngantre antriannya antreannya
izin: izin ijin perizinan perijinan mengizinkan diizinkan berizin seizin mengijinkan diijinkan
cemar: mencemari pencemaran tercemar dicemari cemaran
padam: padam pemadaman memadamkan dipadamkan pemadam padamnya
pungut: pungut pungutan memungut dipungut pungli
adu: adu aduan pengaduan mengadu mengadukan diadukan ngadu teradu pengadu
rusak: rusak kerusakan merusak dirusak perusakan pengrusakan kerusakannya rusaknya
elektronik: elektronik elektronika
keluarga: keluarga sekeluarga berkeluarga kekeluargaan
kepala: kepala mengepalai dikepalai
menteri: menteri kementerian
sekarang: sekarang
selokan: selokan selokannya
jembatan: jembatan jembatannya
kecamatan: kecamatan
kelurahan: kelurahan
kendara: kendaraan berkendara pengendara pengemudi
pelajar: pelajar
pasar: pasar pasaran
beri: beri memberi diberi pemberian memberikan diberikan
beritahu: beritahu memberitahu memberitahukan diberitahu pemberitahuan diberitahukan
berita: berita pemberitaan
minta: minta meminta diminta permintaan
mohon: mohon memohon dimohon permohonan pemohon
milik: milik pemilik memiliki dimiliki kepemilikan
pilih: pilih memilih pemilih dipilih pemilihan pilihan
terang: terang penerangan menerangi diterangi
keterangan: keterangan menerangkan diterangkan
kerja: kerja bekerja pekerja pekerjaan mengerjakan dikerjakan pengerjaan
vaksin: vaksin vaksinasi divaksin memvaksin pemvaksinan
imunisasi: imunisasi imunisasinya diimunisasi
mati: mati kematian mematikan dimatikan
tumpuk: tumpuk tumpukan menumpuk penumpukan bertumpuk ditumpuk
pengasapan: pengasapan mengasapi diasapi
retak: retak keretakan meretak retakan
kunjung: kunjung kunjungan mengunjungi dikunjungi berkunjung pengunjung
rawat: rawat perawatan merawat dirawat perawat terawat rawatan
sakit: sakit kesakitan menyakiti
penyakit: penyakit penyakitnya berpenyakit
jalan: jalan jalanan
berjalan: berjalan perjalanan pejalan
jalankan: jalankan menjalankan dijalankan jalani menjalani dijalani
"""

STEMS = {
    word: stem.strip()
    for stem, _colon, words in (line.partition(":") for line in _LINES.split("\n") if line)
    for word in words.split()
}


def keep(names: Iterable[str]) -> None:
    """Make each of these words its own stem, as names of places should be: none of them is a
    word with an affix.

    A site calls it in its app's `ready`. Words that were stemmed before keep their old stem,
    and rows of the index need `rebuild_search`.
    """
    STEMS.update((name, name) for name in names)

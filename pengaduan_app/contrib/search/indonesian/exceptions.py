"""Words that both stemmers get wrong, or that mean something else than their root.

A line is a stem and the words that belong to it. Words of one line meet; they meet no
other. Found with `python -m bench.stems` and by reading complaints.
"""

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

# Names of places in the city keep their letters: none is a word with an affix.
_NAMES = """
blooto kauman mentikan prajurit kulon pulorejo surodinawan balongsari gedongan gunung gedangan
kedundung magersari wates jagalan kranggan meri miji purwotengah sentanan mojokerto majapahit
"""

STEMS = {
    word: stem.strip()
    for stem, _colon, words in (line.partition(":") for line in _LINES.split("\n") if line)
    for word in words.split()
} | {name: name for name in _NAMES.split()}

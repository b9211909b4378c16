"""Words that occur in every complaint and help to find none."""

from __future__ import annotations

_WORDS = """
a ada adalah adanya agar akan aku anda apa apabila apakah atas atau ayo bagaimana bagi bahwa
banget bapak beberapa begini begitu belum beliau berapa bisa boleh bu buat cuma dan dapat dari
daripada dengan di dia dimana dong dulu gimana guna hal halo hanya harap hari hingga ia ibu ini
itu itupun jadi jangan jika juga kah kak kalau kami kamu kan kapan karena kasih ke kenapa kepada
ketika kita kok lagi lah lain lalu lebih loh maka makin malah mana masih mau maupun memang
mengapa mereka min minta misal mohon namun nah ngapain nih nya oh oleh pada pak para per perlu
pernah pula pun saat saja sampai sangat saya se sebab sebagai sebelum sebuah secara sedang
segera sehingga sejak sekali sekarang selain selalu selamat semoga sendiri seperti sering serta
setelah setiap si siapa silakan sih sini situ sudah supaya tapi telah tentang terhadap terima
terlalu tersebut terus tetapi the tiap tidak tolong tuh untuk wah walau warga ya yaitu yang yuk
assalamualaikum admin mas mbak min nuwun permisi siang sore pagi malam
"""
_STOP_WORDS = frozenset(_WORDS.split())

# Place, time, people, manner and movement, and words that only join others: they occur in
# complaints about anything and carry the subject of none. A query searches them like others; they
# never make two texts similar, and none of them is the reason for an agency. “lintas”, “angkut”
# and “mudik” are missing on purpose: traffic, waste and travel are somebody's work.
_CIRCUMSTANCES = """
rumah depan belakang samping sebelah dekat sekitar tengah pinggir tepi ujung atas bawah luar dalam
utara selatan timur barat kanan kiri jalan raya gang kampung desa kota kelurahan kecamatan
kabupaten lingkungan perumahan rt rw nomor lokasi tempat wilayah daerah titik arah jalur pintu
simpang perempatan empat pertigaan tikungan lapangan lapang musala masjid balai toko
hari minggu bulan tahun jam menit pukul tanggal senin selasa rabu kamis jumat sabtu besok kemarin
lusa tadi nanti malam siang sore subuh lama baru dulu awal akhir mulai selesai akhirnya langsung
orang warga anak istri suami adik kakak kakek nenek keluarga tetangga saudara teman ketua petugas
pegawai dinas pemerintah pemkot walikota masyarakat umum pihak bersama
besar kecil panjang pendek tinggi rendah banyak sedikit semua sebagian separuh penuh kosong satu
dua tiga empat lima enam tujuh delapan sembilan sepuluh kali meter setengah hampir hanya
parah bahaya takut khawatir susah sulit mudah cepat lambat bagus baik buruk jelek kasihan terganggu
resah keluh lapor tanya jawab usul saran kritik bantu bantuan kirim datang pergi pulang pindah
masuk keluar naik turun lewat jatuh kena pakai ambil bawa buka tutup buat bikin beri dapat terima
minta tunggu cari lihat tahu kata bilang sebut tulis baca cara urus syarat jadi ganti perbaik
tindak lanjut tindaklanjut periksa tangani selesaikan kerja jalankan usaha butuh guna
rusak hilang mati habis kurang lebih beda sama salah benar bukan tidak tanpa ada kalau sehat
tolong harus padahal waktu layan tambah anggota muncul perhatian kepada kabar informasi data
hasil masalah hal keadaan kondisi padam nyala hujan bayar uang
tuju berangkat tiba seberang mampir antar jemput putar keliling berhenti hadap letak susur jauh
kembali balik maju mundur belok berjalan lari tembus laju melintas melintasi berkendara mengendarai
kesana kesini hendak ingin coba biasa biasanya tetap tinggal alami
temu rasa terasa merasa
antara semenjak jelang demi perihal kait turut via iring meski walaupun sementara seraya sambil
andai asal biar bila bilamana manakala tatkala yakni ialah adapun usai seusai sampa sesampainya
dilintasi sebrang memasuki pasuk singgah kitar rayap mendak menep susul ikut lurus hilir bolak
gerak tuntun tumpang dorong muka sana kemari rantau langkah melangkah sisir sisi
minimal maksimal paling cukup agak kira justru malahan apalagi bahkan mesti misalnya contoh sempat
"""
_CIRCUMSTANCE_STEMS = frozenset(_CIRCUMSTANCES.split())


def is_stop_word(word: str) -> bool:
    """True for a word, in lower case and properly spelled, that a query can do without."""
    return word in _STOP_WORDS or (len(word) == 1 and not word.isdigit())


def is_circumstance(word: str, root: str) -> bool:
    """True for a word, or its stem, that tells only the place, time and people of a complaint."""
    if is_stop_word(word) or root in _STOP_WORDS:
        return True
    return root in _CIRCUMSTANCE_STEMS or word in _CIRCUMSTANCE_STEMS

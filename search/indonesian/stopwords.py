"""Words that stand in every complaint and help to find none."""

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


def is_stop_word(word: str) -> bool:
    """True for a word in lower case, properly spelled, that a query can do without."""
    return word in _STOP_WORDS or (len(word) == 1 and not word.isdigit())

"""The abbreviations of chats and letters, spelled out.

Official abbreviations (pju, ktp, rsud) are words of their own and stay; their long forms
are synonyms, which public relations maintain.
"""

_LINES = """
adalah: adlh
admin: mimin atmin
aja: aj
alamat: almt
anak: ank
anda: ngana
antre: ngantri ngantre antri
apa: ap
apakah: apkh
atau: ato atw
bagaimana: gmn gmana gimana bgmn bgaimana
bagus: bgs
banget: bgt bngt
banjir: bnjir
bantu: bntu
banyak: bnyk byk bnyak
bapak: bpk
baru: br bru
bayar: byr
belum: blm blom belom blum
berapa: brp brapa
besar: bsr
besok: bsk
betul: btl
bisa: bs bsa
boleh: blh
bukan: bkn bukn
bulan: bln
buat: bwt bt
dalam: dlm
dan: dn
dapat: dpt
dari: dr dri
dengan: dg dgn dng
depan: dpn
desa: ds
di mana: dmn dmana
dokter: dr
dulu: dl dlu
gang: gg
habis: hbs abis
hari: hr
harus: hrs
ibu: bu ibuk
itu: tu
jadi: jd jdi
jalan: jl jln jlan
jangan: jgn jng
juga: jg jga
kabupaten: kab
kalau: kl klo kalo klu
kami: kmi
kamu: km kmu
kapan: kpn
karena: krn karna krna
kecamatan: kec kecamtan
kelurahan: kel
kemarin: kmrn kmarin
kena: kna
kenapa: knp knapa
kepada: kpd
ketika: ktk
kita: kt
kota: kt
lagi: lg lgi
lampu: lmp lmpu
lewat: lwt
lubang: lobang lbang
lihat: liat lht
lingkungan: ling lingk
macet: mct
mahal: mhl
malam: mlm mlem
masalah: mslh
masih: msh msih
masuk: msk
masyarakat: masy
mati: mti
mau: mo mw
minta: mnta
mohon: mhn mohn
nomor: no nmr nmer
orang: org orng
padahal: pdhl pdahal
pagi: pg
pakai: pake pk
parah: prh
parkir: parkiran
pasar: psr
pelayanan: plynn
penuh: pnuh
perlu: prl
petugas: ptgs
puskesmas: pkm puskes
rumah: rmh rmah
rumah sakit: rs rumkit
rusak: rsk rusk
saat: st
sakit: skt
saja: sj sja
sama: sm sma2
sampah: smpah smph
sampai: smp2 smpai sampe nyampe
sangat: sgt sngt
saya: sy sya
sebelah: sblh
sebelum: sblm
sekali: skli
sekarang: skrg skrng skr
sekolah: skolah sklh skul
selalu: sll
semua: smua
sering: srg srng
siapa: sp
sudah: sdh udah udh sdah dah
surat: srt
supaya: spy
tanggal: tgl
tapi: tp tpi
telepon: telp tlp telpon
tempat: tmpt tpt
terima kasih: makasih mksh trims trmksh terimakasih matur
terus: trs trus
tetangga: ttangga
tidak: gk ga gak nggak ngga enggak tdk tak kagak ndak gag tdak nda
tolong: tlg tlng
untuk: utk untk
warga: wrga
yang: yg yng
"""

SPELLED_OUT = {
    short: long.strip()
    for long, _colon, shorts in (line.partition(":") for line in _LINES.split("\n") if line)
    for short in shorts.split()
}

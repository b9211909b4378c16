"""What the demo's offices print and name: invented, and marked so, so that nobody takes a sheet of
the demo for a real one."""

from __future__ import annotations

from pengaduan_app.models import Inspectorate, Letterhead

LETTERHEAD = {
    "government": "PEMERINTAH KOTA MOJOKERTO (CONTOH)",
    "office": "PELAYANAN PENGADUAN MASYARAKAT (DEMO)",
    "address": "Jalan Contoh Nomor 1, Mojokerto · Telepon (0321) 000000",
    "place": "Mojokerto",
    "signatory_title": "Kepala Layanan Pengaduan (demo)",
    "signatory_name": "Nama Contoh",
    "signatory_number": "00000000 000000 0 000",
}
INSPECTORATE = {
    "name": "Inspektorat Kota Mojokerto (alamat contoh)",
    "address": "Jalan Contoh Nomor 2, Mojokerto",
    "phone": "(0321) 000000",
    "email": "inspektorat@mojokerto.example",
}


def ensure_offices() -> None:
    """Fill in letterhead and inspectorate where nobody has yet."""
    for model, values in ((Letterhead, LETTERHEAD), (Inspectorate, INSPECTORATE)):
        if not model.objects.exists():
            model.objects.create(**values)

"""An administrator gives a network its logo and a colour; its members see them."""

import io
import re

from federation_screens import open_menu, open_platform, save
from PIL import Image
from playwright.sync_api import expect


def test_an_administrator_changes_a_logo_and_a_member_sees_it(log_in):
    picture = io.BytesIO()
    Image.new("RGB", (300, 100), "#0b6e69").save(picture, "PNG")
    admin = log_in("admin")
    open_platform(admin)
    open_menu(admin, "Configuration", "Réseaux")
    admin.get_by_role("cell", name="Réseau 44").first.click()
    admin.locator(".o_field_image input[type=file]").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    colour = admin.locator("[name=color] input[type=color]")
    before = colour.input_value()
    colour.fill("#ffe000")
    # A yellow cannot be read: it is said, and what it becomes is shown before it is saved.
    expect(admin.locator(".o_notification").filter(has_text="#ffe000 est trop clair")).to_be_visible()
    corrected = colour.input_value()
    assert corrected not in ("#ffe000", before)
    shown = admin.locator("[name=color_preview] span").first
    red, green, blue = (int(corrected[start : start + 2], 16) for start in (1, 3, 5))
    expect(shown).to_have_css("background-color", f"rgb({red}, {green}, {blue})")
    save(admin)

    chloe = log_in("chloe")
    logo = chloe.locator("header .c-brand img")
    expect(logo).to_have_count(1)
    expect(logo).to_have_attribute("src", re.compile("^/habillage/logo/"))
    assert logo.evaluate("image => image.complete && image.naturalWidth") > 0
    # A member of another network sees the marks of all.
    expect(log_in("alice").locator("header .c-brand__mark > *")).to_have_count(3)

    colour.fill(before)
    save(admin)

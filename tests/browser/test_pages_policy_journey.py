"""The pages of members, under the policy that lets nothing run but files of the platform (``visitor`` watches it)."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def page(log_in):
    return log_in("alice")


def test_the_main_pages_of_a_member_need_no_more_than_their_policy(page, french_pdfs):
    for path in ("/", "/ressources", "/forum", "/forum/demander", "/mon-compte", "/mon-compte/notifications"):
        policy = page.goto(path).headers["content-security-policy"]
        assert "script-src 'self';" in policy, path
        page.wait_for_load_state("networkidle")
    page.goto("/ressources/depot")
    page.get_by_label("1. Vos fichiers").set_input_files([french_pdfs[0]])
    expect(page.get_by_text("Prêt")).to_have_count(1)
    page.get_by_label("Titre").fill("Un manuel à lire ici")
    page.get_by_label("2. Dans quel dossier ?").select_option("Outils")
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_role("heading", name="Un manuel à lire ici")).to_be_visible()
    page.get_by_text("Lire ici", exact=True).click()
    viewer = page.frame_locator("iframe")
    expect(viewer.locator(".page").first).to_be_visible()


def test_a_script_that_somebody_managed_to_write_in_a_page_does_not_run(page):
    """Whatever lets it in: the browser asks the policy, not us."""
    # Another page of his, whose refusals nobody watches.
    page = page.context.new_page()
    page.goto("/forum")
    ran = page.evaluate(
        """async () => {
            window.ran = [];
            const picture = document.createElement("div");
            picture.innerHTML = '<img src="/nothing" onerror="window.ran.push(1)">';
            const script = document.createElement("script");
            script.textContent = "window.ran.push(2)";
            document.body.append(picture, script);
            await new Promise((resolve) => setTimeout(resolve, 1000));
            return window.ran;
        }"""
    )
    assert ran == []

"""What happens in a browser -> milliseconds: from a key or a click to the last change of the page it caused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Milliseconds without a change after which the page is taken to stand still; they are not counted.
STILL = 120
MOST = 60_000
# Armed before the deed, so that nothing of what goes to and fro between Python and the browser is counted.
_ARM = """([deed, wanted, changed, still, most, old]) => {
  const app = document.querySelector('[data-testid=stApp]');
  const main = document.querySelector('[data-testid=stMain]');
  window.__watched = new Promise((done, fail) => {
    let began = 0, ran = false, last = 0, touched = !changed, timer = 0, over = 0;
    const end = (how, what) => { clearTimeout(timer); clearTimeout(over); observer.disconnect(); how(what); };
    const enough = () => ran && touched && app.getAttribute('data-test-script-state') === 'notRunning'
      && !document.querySelector(old) && (!wanted || main.textContent.includes(wanted));
    const observer = new MutationObserver(changes => {
      if (!began) return;
      last = performance.now();
      ran = ran || app.getAttribute('data-test-script-state') !== 'notRunning';
      touched = touched || changes.some(one => one.target.closest && one.target.closest(changed));
      clearTimeout(timer);
      if (enough()) timer = setTimeout(() => end(done, last - began), still);
    });
    observer.observe(app, {attributes: true, childList: true, subtree: true, characterData: true});
    document.addEventListener(deed, event => {
      if (!began) { began = performance.now(); over = setTimeout(() => end(fail, 'nothing came'), most); }
    }, {capture: true});
  });
}"""


def milliseconds(
    page: Page, deed: str, act: Callable[[], object], *, wanted: str = "", changed: str = ""
) -> float:
    """From the event `deed` that `act` causes to the last change after which the script has run, `wanted` is
    said on the page and what the selector `changed` names was drawn anew."""
    from bench.serving import OLD

    page.evaluate(_ARM, [deed, wanted, changed, STILL, MOST, OLD])
    act()
    return float(page.evaluate("window.__watched"))


def again(page: Page) -> Callable[[], float]:
    """A run of the page by Streamlit's own key for it, the same on every page; in seconds."""
    return lambda: milliseconds(page, "keydown", lambda: page.keyboard.press("r")) / 1000

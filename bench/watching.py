"""What happens in a browser -> milliseconds: from a key or a click to the last change that it caused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bench.serving import OLD

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Milliseconds without a change after which the page is taken to stand still; they are not counted.
STILL = 120
MOST = 120_000
# Armed before the deed, so that nothing of what goes to and fro between Python and the browser is counted.
_ARM = """([deed, wanted, changed, still, most, old]) => {
  const app = document.querySelector('[data-testid=stApp]');
  const main = document.querySelector('[data-testid=stMain]');
  window.__watched = new Promise((done, fail) => {
    let began = 0, ran = false, last = 0, part = 0, timer = 0, over = 0;
    const end = (how, what) => { clearTimeout(timer); clearTimeout(over); observer.disconnect(); how(what); };
    const resting = () => app.getAttribute('data-test-script-state') === 'notRunning';
    const enough = () => ran && resting() && (part || !changed) && !document.querySelector(old)
      && (!wanted || main.textContent.includes(wanted));
    const observer = new MutationObserver(changes => {
      if (!began) return;
      last = performance.now();
      // A run may begin and end between two looks: then its state may seem never to have changed, but what
      // stands on the page did.
      ran = ran || !resting() || changes.some(one => one.type === 'attributes'
        ? one.attributeName === 'data-test-script-state' : main.contains(one.target));
      if (changed && changes.some(one => one.target.closest && one.target.closest(changed))) part = last;
      clearTimeout(timer);
      if (enough()) timer = setTimeout(() => end(done, [part - began, last - began]), still);
    });
    observer.observe(app, {attributes: true, childList: true, subtree: true, characterData: true});
    document.addEventListener(deed, event => {
      if (!began) { began = performance.now(); over = setTimeout(() => end(fail, 'nothing came'), most); }
    }, {capture: true});
  });
}"""


def milliseconds(page: Page, deed: str, act: Callable[[], object], *, wanted: str = "") -> float:
    """From the event `deed` that `act` causes to the last change after which the script has run and `wanted`
    is said on the page."""
    return _watched(page, deed, act, wanted, "")[1]


def until_drawn_anew(
    page: Page, deed: str, act: Callable[[], object], *, changed: str
) -> tuple[float, float]:
    """From the event to the last change inside what the selector `changed` names, and to the last of all."""
    return _watched(page, deed, act, "", changed)


def _watched(
    page: Page, deed: str, act: Callable[[], object], wanted: str, changed: str
) -> tuple[float, float]:
    page.evaluate(_ARM, [deed, wanted, changed, STILL, MOST, OLD])
    act()
    part, whole = page.evaluate("window.__watched")
    return part, whole


def again(page: Page) -> Callable[[], float]:
    """A run of the page by Streamlit's own key for it, the same on every page; in seconds."""
    return lambda: milliseconds(page, "keydown", lambda: page.keyboard.press("r")) / 1000

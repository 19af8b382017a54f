"""What is looked for where there is little room, or where colours and motion are somebody's own."""

from playwright.sync_api import Page

from tests.browser.looking import DESKTOP, PHONE, sticking_out

OPEN = "document.querySelectorAll('main details').forEach(each => { each.open = true })"
# What WCAG 1.4.12 says that somebody may set, by the browser and not by the page.
SPACED = """on => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = on ? [sheet] : [];
}"""
# 1,280 by 1,024 at 400 %, 1,280 by 900 at 200 %, and a phone.
ZOOMED = ({"width": 320, "height": 256}, {"width": 640, "height": 450}, PHONE)

_COVERED = """() => {
    const over = [...document.querySelectorAll('body *')].filter(each =>
        ['sticky', 'fixed'].includes(getComputedStyle(each).position));
    if (!over.length) return [0, []];
    const stops = [...document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
    )].filter(each => !each.disabled && each.checkVisibility({visibilityProperty: true}));
    const covered = [];
    for (const stop of stops) {
        stop.focus();
        if (document.activeElement !== stop) continue;
        const drawn = stop.matches('.visually-hidden, [type=radio], [type=checkbox]');
        const seen = (drawn && stop.labels?.[0]) || stop;
        const box = seen.getBoundingClientRect();
        for (const each of over) {
            if (each === stop || each.contains(stop)) continue;
            const lid = each.getBoundingClientRect();
            const wide = Math.min(box.right, lid.right) - Math.max(box.left, lid.left);
            const high = Math.min(box.bottom, lid.bottom) - Math.max(box.top, lid.top);
            if (wide > 1 && high > 1) {
                const how = high >= box.height - 1 ? 'wholly' : 'partly';
                const what = stop.outerHTML.slice(0, 90);
                covered.push(`${what} ${how}, by ${each.className || each.tagName}`);
            }
        }
    }
    document.activeElement.blur();
    return [stops.length, covered];
}"""

_CONTRAST = """() => {
    const probe = document.body.appendChild(document.createElement('div'));
    probe.style.backgroundColor = 'Canvas';
    const paint = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const channels = (colour) => {
        paint.clearRect(0, 0, 1, 1);
        paint.fillStyle = colour;
        paint.fillRect(0, 0, 1, 1);
        return [...paint.getImageData(0, 0, 1, 1).data];
    };
    const bright = (colour) => {
        const [r, g, b] = channels(colour).map(each => each / 255)
            .map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const canvas = getComputedStyle(probe).backgroundColor;
    probe.remove();
    const groundOf = (text) => {
        const box = text.getBoundingClientRect();
        const at = [box.x + box.width / 2, box.y + box.height / 2];
        const shapes = [...text.ownerSVGElement.querySelectorAll('path, rect, circle, polygon')];
        const below = shapes.filter(each => {
            const order = each.compareDocumentPosition(text);
            if (!(order & Node.DOCUMENT_POSITION_FOLLOWING)) return false;
            const fill = getComputedStyle(each).fill;
            if (fill === 'none' || channels(fill)[3] < 255) return false;
            const where = new DOMPoint(...at).matrixTransform(each.getScreenCTM().inverse());
            return each.isPointInFill(where);
        });
        return below.length ? getComputedStyle(below.at(-1)).fill : canvas;
    };
    let read = 0;
    const faint = [];
    for (const text of document.querySelectorAll('svg text')) {
        if (!text.checkVisibility() || !text.textContent.trim()) continue;
        read += 1;
        const style = getComputedStyle(text), ground = groundOf(text);
        const [light, dark] = [bright(style.fill), bright(ground)].sort((a, b) => b - a);
        const ratio = (light + 0.05) / (dark + 0.05);
        if (ratio < 4.5) {
            const words = text.textContent.trim().slice(0, 40);
            faint.push(`${words}: ${style.fill} on ${ground}, ${ratio.toFixed(2)}`);
        }
    }
    return [read, faint];
}"""

_MOTION = """() => [...document.querySelectorAll('*')].filter(each => {
    const style = getComputedStyle(each);
    const long = (times) => times.split(',').some(time => parseFloat(time) > 0.011);
    return style.scrollBehavior === 'smooth' || long(style.transitionDuration)
        || (style.animationName !== 'none' && long(style.animationDuration));
}).slice(0, 5).map(each => each.outerHTML.slice(0, 90))"""


def cramped(page: Page) -> list[str]:
    """Return what does not fit, with every part open, as it is and with wider spacing."""
    page.evaluate(OPEN)
    wrong = [each for width in (320, 360) for each in sticking_out(page, width)]
    page.evaluate(SPACED, True)
    for width in (320, DESKTOP["width"]):
        wrong += [f"spaced, {each}" for each in sticking_out(page, width)]
    page.evaluate(SPACED, False)
    return wrong


def covered(page: Page) -> tuple[int, list[str]]:
    """Count what takes the focus, zoomed and on a phone, and return what is then covered."""
    looked, wrong = 0, []
    for size in ZOOMED:
        page.set_viewport_size(size)
        count, found = page.evaluate(_COVERED)
        looked += count
        wrong += [f"covered at {size['width']}: {each}" for each in found]
    page.set_viewport_size(DESKTOP)
    return looked, wrong


def faint(page: Page) -> tuple[int, list[str]]:
    """Count the words of drawings, and return those hard to read in forced colours."""
    looked, wrong = 0, []
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        count, found = page.evaluate(_CONTRAST)
        looked += count
        wrong += [f"forced colours, {scheme}: {each}" for each in found]
    page.emulate_media(forced_colors="none", color_scheme="light")
    return looked, wrong


def moving(page: Page) -> list[str]:
    """Return what moves though somebody asked that nothing does."""
    page.emulate_media(reduced_motion="reduce")
    found = page.evaluate(_MOTION)
    page.emulate_media(reduced_motion="no-preference")
    return [f"moves: {each}" for each in found]

// What both pages share. Everything that comes from a label is foreign text: it goes into the page as text nodes only.

/** An element with attributes and children; null and undefined are left out, strings become text. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

let clockOffset = 0;

/** Now, by the server's clock: a countdown must not depend on the reader's. */
export const now = () => Date.now() + clockOffset;

/** JSON from the API; an error has the API's words as its message. */
export async function getJson(path) {
  const response = await fetch(path, { headers: { Accept: "application/json, application/problem+json" } });
  const date = Date.parse(response.headers.get("Date") ?? "");
  if (Number.isFinite(date)) {
    const offset = date + 500 - Date.now();
    clockOffset = Math.abs(offset) > 1500 ? offset : 0;
  }
  let body = null;
  try {
    body = await response.json();
  } catch {
    // An answer without JSON is told by its status.
  }
  if (!response.ok) {
    const error = new Error(body?.detail ?? `The server answered with status ${response.status}.`);
    error.status = response.status;
    throw error;
  }
  return body;
}

export const productPage = (lidvid) => "/products/" + encodeURIComponent(lidvid);
export const productData = (lidvid) => "/v1/products/" + encodeURIComponent(lidvid);

const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const instantFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "UTC",
});

const time = (format) => (iso) => (iso ? el("time", { datetime: iso, title: iso }, format.format(new Date(iso))) : null);
/** A day and an instant as time elements, UTC. */
export const day = time(dayFormat);
export const instant = time(instantFormat);

/** How long until then: 3 d 04:05:06. */
export function countdown(iso) {
  const left = Math.ceil((Date.parse(iso) - now()) / 1000);
  if (left <= 0) {
    return "due now";
  }
  const two = (number) => String(number).padStart(2, "0");
  const days = Math.floor(left / 86400);
  const clock = `${two(Math.floor(left / 3600) % 24)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
  return days > 0 ? `${days.toLocaleString("en")} d ${clock}` : clock;
}

/** Keeps every element of class countdown up to the second. */
export function runCountdowns() {
  const tick = () => {
    for (const element of document.querySelectorAll(".countdown[data-at]")) {
      const text = countdown(element.dataset.at);
      if (element.textContent !== text) {
        element.textContent = text;
        element.classList.toggle("due", text === "due now");
      }
    }
    setTimeout(tick, 1000 - (now() % 1000));
  };
  tick();
}

export function size(bytes) {
  if (bytes === null || bytes === undefined) {
    return "";
  }
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}

/**
 * Hears every event of this choice, without gap: the browser resumes with the last id by itself, and where it gives up
 * this does. onState hears "live" or "reconnecting".
 */
export function subscribe(parameters, onEvent, onState) {
  let cursor = null;
  let failures = 0;
  const connect = () => {
    const query = new URLSearchParams(parameters);
    if (cursor) {
      query.set("after", cursor);
    }
    const source = new EventSource("/v1/releases/stream?" + query);
    source.onopen = () => {
      failures = 0;
      onState("live");
    };
    for (const kind of ["announced", "cancelled", "released", "retracted"]) {
      source.addEventListener(kind, (message) => {
        cursor = message.lastEventId;
        onEvent(JSON.parse(message.data));
      });
    }
    source.onerror = () => {
      onState("reconnecting");
      if (source.readyState === EventSource.CLOSED) {
        failures++;
        if (failures > 3) {
          // The server does not know this cursor any more: what is on the page is read again when it answers.
          cursor = null;
        }
        setTimeout(connect, Math.min(1000 * failures, 10000));
      }
    };
  };
  connect();
}

import { countdown, day, el, getJson, instant, productPage, runCountdowns, subscribe } from "/assets/halley.js";

const $ = (id) => document.getElementById(id);
const form = $("search");
const PAGE = 20;

// ---- Search ----------------------------------------------------------------------------------------------------

let asked = 0;
let nextPage = null;

/** What the form asks, without what is left empty. */
function question() {
  const parameters = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value.trim() !== "") {
      parameters.append(name, value.trim());
    }
  }
  if (!parameters.has("q") && parameters.get("sort") === "relevance") {
    parameters.delete("sort");
  }
  return parameters;
}

function fillForm() {
  const parameters = new URLSearchParams(location.search);
  for (const field of form.elements) {
    if (field.name) {
      const value = parameters.get(field.name) ?? "";
      if (field.tagName === "SELECT" && value && ![...field.options].some((option) => option.value === value)) {
        field.append(el("option", { value }, value));
      }
      field.value = value;
    }
  }
  const hidden = [...$("more").querySelectorAll("[name]")];
  if (hidden.some((field) => field.value !== "")) {
    $("more").open = true;
  }
}

function product(item) {
  const facts = [
    item.mission_name.slice(0, 2).join(", "),
    item.target_name.slice(0, 3).join(", "),
    item.instrument_name.slice(0, 2).join(", "),
  ].filter((text) => text !== "");
  const observed = item.start_time
    ? el("span", {}, "observed ", day(item.start_time), sameDay(item.start_time, item.stop_time) ? null : [" – ", day(item.stop_time)].flat())
    : null;
  return el("li", {},
    el("h3", {}, el("a", { href: productPage(item.lidvid) }, item.title ?? item.lid)),
    el("p", { class: "facts" },
      el("span", { class: "agency" }, item.agency),
      facts.map((fact) => el("span", {}, fact)),
      observed),
    el("p", { class: "facts quiet" },
      when(item),
      item.processing_level ? el("span", {}, item.processing_level) : null,
      item.product_class ? el("span", {}, kindOf(item.product_class)) : null),
    el("p", { class: "facts quiet" }, el("code", {}, item.lidvid)));
}

const sameDay = (one, other) => !other || one.slice(0, 10) === other.slice(0, 10);
const kindOf = (productClass) => productClass.replace(/^Product_/, "").replaceAll("_", " ").toLowerCase();

function when(item) {
  if (item.state === "announced") {
    return el("span", { class: "badge" }, "planned for ", instant(item.planned_release_at));
  }
  if (item.state === "retracted") {
    return el("span", { class: "badge warn" }, "retracted ", day(item.retracted_at));
  }
  return el("span", {}, "public since ", day(item.release_date));
}

async function search(path, append) {
  const mine = ++asked;
  $("products").setAttribute("aria-busy", "true");
  try {
    const page = await getJson(path);
    if (mine !== asked) {
      return;
    }
    const items = page.items.map(product);
    if (append) {
      $("products").append(...items);
      items[0]?.querySelector("a").focus();
    } else {
      $("products").replaceChildren(...items);
    }
    $("total").textContent = page.total === 1 ? "1 product" : `${page.total.toLocaleString("en")} products`;
    nextPage = page.next ?? null;
    $("next").hidden = nextPage === null;
    tell(page.total === 0 ? "Nothing public fits. Try fewer words or filters." : "");
  } catch (error) {
    if (mine !== asked) {
      return;
    }
    if (error.status === 503 || error.status === undefined) {
      tell(error.status === 503 ? "The catalogue is being read; one moment …" : "The server cannot be reached; trying again …");
      setTimeout(() => mine === asked && search(path, append), 1500);
    } else {
      tell(error.message);
      $("total").textContent = "";
      $("products").replaceChildren();
      $("next").hidden = true;
    }
  } finally {
    if (mine === asked) {
      $("products").removeAttribute("aria-busy");
    }
  }
}

function tell(text) {
  $("message").textContent = text;
  $("message").hidden = text === "";
}

function ask() {
  const parameters = question();
  parameters.set("limit", PAGE);
  return search("/v1/products?" + parameters, false);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const parameters = question().toString();
  history.pushState(null, "", parameters ? "/?" + parameters : "/");
  ask();
});
form.addEventListener("change", (event) => {
  if (event.target.tagName === "SELECT" || event.target.type === "date") {
    form.requestSubmit();
  }
});
addEventListener("popstate", () => {
  fillForm();
  ask();
});
$("next").addEventListener("click", () => nextPage && search(nextPage, true));

// ---- Live ------------------------------------------------------------------------------------------------------

const upcoming = new Map();
const newest = [];
const rows = (list) => Number(list.dataset.rows);

function card(item, line) {
  const about = [item.agency.toUpperCase(), item.mission_name[0], item.target_name[0]].filter(Boolean).join(" · ");
  const name = item.title ?? [kindOf(item.product_class ?? ""), item.lid.slice(item.lid.lastIndexOf(":") + 1)].join(" ");
  return el("li", {},
    el("a", { href: productPage(item.lidvid), title: item.title ?? item.lidvid }, name),
    el("p", { class: "facts quiet" }, el("span", {}, about), line));
}

/** Empty rows keep the panel's height, so that nothing jumps when something is released. */
function fill(list, cards, emptyText) {
  const empty = [];
  for (let i = cards.length; i < rows(list); i++) {
    empty.push(el("li", { class: "empty" }, i === 0 ? emptyText : "\u00a0"));
  }
  list.replaceChildren(...cards, ...empty);
}

function showUpcoming() {
  const sorted = [...upcoming.values()].sort((one, other) =>
    one.planned_release_at < other.planned_release_at ? -1 : one.planned_release_at > other.planned_release_at ? 1 : 0);
  const list = $("upcoming");
  fill(list, sorted.slice(0, rows(list)).map((item) => card(item,
    el("span", { class: "countdown", "data-at": item.planned_release_at, title: item.planned_release_at },
      countdown(item.planned_release_at)))), "No release is announced.");
  const more = upcomingTotal - rows(list);
  $("upcoming-note").textContent = more > 0 ? `and ${more.toLocaleString("en")} more announced` : "\u00a0";
}

let upcomingTotal = 0;

function showNewest(fresh) {
  const list = $("newest");
  fill(list, newest.slice(0, rows(list)).map((item) => {
    const shown = card(item, instant(item.released_at));
    if (fresh === item.lidvid) {
      shown.classList.add("fresh");
    }
    return shown;
  }), "Nothing has been released yet.");
}

async function loadLive() {
  const [released, planned] = await Promise.all([
    getJson("/v1/releases?limit=" + rows($("newest"))),
    getJson("/v1/releases/upcoming?limit=50"),
  ]);
  newest.splice(0, newest.length, ...released.items);
  upcoming.clear();
  planned.items.forEach((item) => upcoming.set(item.lidvid, item));
  upcomingTotal = planned.total;
  showNewest(null);
  showUpcoming();
}

function forget(list, lidvid) {
  const index = list.findIndex((item) => item.lidvid === lidvid);
  if (index >= 0) {
    list.splice(index, 1);
  }
}

function take(event) {
  const { kind, lidvid, product: item } = event;
  const known = upcoming.delete(lidvid);
  upcomingTotal -= known ? 1 : 0;
  if (kind === "announced" && item) {
    upcoming.set(lidvid, item);
    upcomingTotal += 1;
  } else if (kind === "released" && item) {
    forget(newest, lidvid);
    newest.unshift(item);
    newest.length = Math.min(newest.length, 20);
    $("announcer").textContent = `Released: ${item.title ?? item.lid}`;
    $("total").dataset.stale = "true";
  } else if (kind === "retracted") {
    forget(newest, lidvid);
    $("announcer").textContent = `Retracted: ${lidvid}`;
  }
  showNewest(kind === "released" ? lidvid : null);
  showUpcoming();
  if (upcoming.size === 0 && upcomingTotal > 0) {
    // All that were read are released; there are more. Later, because this may be a part of reading them.
    setTimeout(reload);
  }
}

// Events that come while the lists are being read are applied afterwards: they may be in the lists already or not.
let waiting = [];
let loading = false;

async function reload() {
  if (loading) {
    return;
  }
  loading = true;
  waiting = waiting ?? [];
  try {
    await loadLive();
    const events = waiting;
    waiting = null;
    events.forEach(take);
  } catch {
    setTimeout(reload, 1500);
  } finally {
    loading = false;
  }
}

function connection(state) {
  $("connection").textContent = state;
  $("connection").classList.toggle("on", state === "live");
  if (state === "live") {
    reload();
  } else {
    waiting = waiting ?? [];
  }
}

async function loadAgencies() {
  try {
    const agencies = await getJson("/v1/agencies");
    const select = form.elements.agency;
    const chosen = new URLSearchParams(location.search).get("agency") ?? "";
    for (const agency of agencies.items) {
      if (![...select.options].some((option) => option.value === agency.id)) {
        select.append(el("option", { value: agency.id }, agency.name));
      }
    }
    select.value = chosen;
  } catch {
    setTimeout(loadAgencies, 3000);
  }
}

fillForm();
fill($("newest"), [], "One moment …");
fill($("upcoming"), [], "One moment …");
runCountdowns();
loadAgencies();
ask();
subscribe({}, (event) => (waiting === null ? take(event) : waiting.push(event)), connection);

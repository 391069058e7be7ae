import { countdown, day, el, getJson, instant, productData, productPage, runCountdowns, size, subscribe } from "/assets/halley.js";

const main = document.getElementById("product");
const id = decodeURIComponent(location.pathname.slice("/products/".length));

const fact = (name, ...values) => {
  const shown = values.flat().filter((value) => value !== null && value !== undefined && value !== "");
  return shown.length === 0 ? [] : [el("dt", {}, name), el("dd", {}, ...shown)];
};
const section = (title, ...content) => el("section", {}, el("h2", {}, title), ...content);
const search = (parameter, value, text) =>
  el("a", { href: "/?" + new URLSearchParams({ [parameter]: value }) }, text);

const ROLES = { investigation: "Mission", host: "Spacecraft", instrument: "Instrument", target: "Target", other: "Other" };
const PARAMETERS = { investigation: "mission", host: "host", instrument: "instrument", target: "target" };

function references(product) {
  if (product.references.length === 0) {
    return null;
  }
  return section("Belongs to",
    el("dl", { class: "grid" }, Object.keys(ROLES).flatMap((role) => {
      const mine = product.references.filter((reference) => reference.role === role);
      return fact(ROLES[role], mine.map((reference) => el("span", { class: "line" },
        PARAMETERS[role] ? search(PARAMETERS[role], reference.lid ?? reference.name, reference.name) : reference.name,
        reference.lid ? [" ", el("code", {}, reference.lid)] : null)));
    })));
}

function files(product) {
  if (product.files.length === 0) {
    return null;
  }
  return section("Files",
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Files" }, el("table", {},
      el("thead", {}, el("tr", {}, ["Name", "Size", "MD5"].map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, product.files.map((file) => el("tr", {},
        el("td", {}, file.name), el("td", { class: "number" }, size(file.size)),
        el("td", {}, file.md5 ? el("code", {}, file.md5) : "")))))));
}

function citation(product) {
  const year = new Date(product.release_date).getUTCFullYear();
  const missions = product.references.filter((reference) => reference.role === "investigation").map((reference) => reference.name);
  const parts = [
    `${product.agency.toUpperCase()}${missions.length > 0 ? ", " + [...new Set(missions)].join(", ") : ""} (${year})`,
    `${product.title ?? product.lid}, version ${product.vid}`,
    product.lidvid,
    product.doi ? "https://doi.org/" + product.doi : null,
  ];
  return parts.filter(Boolean).join(". ") + ".";
}

function cite(product) {
  if (product.state !== "released") {
    return null;
  }
  const text = citation(product);
  const button = el("button", { type: "button", class: "small" }, "Copy");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  });
  return section("How to cite", el("p", { class: "citation" }, text), el("p", {}, button));
}

function doi(text) {
  const safe = /^10\.[0-9]{4,9}\/\S+$/.test(text ?? "");
  return safe ? el("a", { href: "https://doi.org/" + encodeURI(text) }, text) : text;
}

function state(product) {
  switch (product.state) {
    case "announced":
      return el("p", { class: "banner" }, "Announced. Planned to become public on ", instant(product.planned_release_at), ", in ",
        el("strong", { class: "countdown", "data-at": product.planned_release_at }, countdown(product.planned_release_at)), ".");
    case "retracted":
      return el("p", { class: "banner warn" }, "Retracted on ", instant(product.retracted_at), ": ", product.retraction_reason);
    default:
      return null;
  }
}

function show(product) {
  const title = product.title ?? product.lid;
  document.title = `${title} – Halley`;
  const kind = (product.product_class ?? "").replace(/^Product_/, "").replaceAll("_", " ").toLowerCase();
  const parts = [
    el("p", { class: "facts" }, search("agency", product.agency, product.agency.toUpperCase()), el("span", {}, kind),
      product.processing_level ? el("span", {}, product.processing_level) : null),
    el("h1", {}, title),
    el("p", {}, el("code", { class: "id" }, product.lidvid)),
    state(product),
    product.description ? el("p", { class: "description" }, product.description) : null,
    section("Facts", el("dl", { class: "grid" },
      fact("Observed", product.start_time ? [instant(product.start_time), product.stop_time ? " – " : null, instant(product.stop_time)] : []),
      fact("Public since", day(product.release_date)),
      fact("Released by Halley", instant(product.released_at)),
      fact("Why then", product.explanation),
      fact("DOI", product.doi ? doi(product.doi) : null),
      fact("Keywords", product.keywords.join(", ")),
      fact("Information model", product.information_model_version),
      fact("Label", product.label ? [product.label.file_name, ` (${size(product.label.size)})`, el("br"), "SHA-256 ", el("code", {}, product.label.sha256)] : []),
    )),
    references(product),
    files(product),
    cite(product),
    product.versions.length > 1
      ? section("Versions", el("ul", {}, product.versions.map((version) => el("li", {},
          version.lidvid === product.lidvid
            ? el("strong", {}, version.vid)
            : el("a", { href: productPage(version.lidvid) }, version.vid), ` ${version.state} `, day(version.release_date)))))
      : null,
    section("For programs", el("p", {}, el("a", { href: productData(product.lidvid) }, "This product as JSON"))),
  ];
  main.replaceChildren(...parts.filter(Boolean));
}

function tell(text) {
  main.replaceChildren(el("p", { class: "message", role: "status" }, text), el("p", {}, el("a", { href: "/" }, "Search the catalogue")));
}

async function load() {
  try {
    show(await getJson(productData(id)));
  } catch (error) {
    if (error.status === 503 || error.status === undefined) {
      tell("The catalogue is being read; one moment …");
      setTimeout(load, 1500);
    } else {
      tell(error.status === 404 ? "No public product has this identifier." : error.message);
    }
  } finally {
    main.removeAttribute("aria-busy");
  }
}

runCountdowns();
load();
// Read again as soon as events are heard: what happened between the first reading and then is not missed, and a product
// that is not public yet appears when it is.
if (id.startsWith("urn:")) {
  subscribe({ lid: id.split("::")[0] }, load, (connection) => connection === "live" && load());
}

/**
 * Translation of the texts in our scripts. Message ids are English; the catalog comes with the page.
 *
 * <script type="application/json" id="catalog">
 *   {"language": "it", "messages": {"Table": "Tavolo", "%(n)s round": ["%(n)s giro", "%(n)s giri"]},
 *    "plural_forms": [1, 0, 1, …]}
 * </script>
 *
 * `plural_forms[n]` is the form for n = 0 … 199, worked out by gettext on the server, so that no plural rule has to
 * be evaluated here. Rules look at n modulo 100 at most, hence larger numbers share the forms of 100 … 199.
 */

let catalog;

/** The translation of `msgid`, with each %(name)s replaced. */
export function t(msgid, params) {
  const message = messages()[msgid];
  return fill(typeof message === "string" && message ? message : msgid, params);
}

/** The form of a counted message for `n`; %(n)s stands for the number. */
export function tn(singular, plural, n, params) {
  const forms = messages()[singular];
  const form = pluralForm(n);
  const message = Array.isArray(forms) ? forms[form] : undefined;
  return fill(message || (n === 1 ? singular : plural), { n, ...params });
}

/** The language of the page, as a BCP 47 tag. */
export function language() {
  return loaded().language ?? globalThis.document?.documentElement.lang ?? "en";
}

/** Replaces the catalog; pages never need this, tests and a change of language do. */
export function setCatalog(replacement) {
  catalog = replacement;
}

function pluralForm(n) {
  const forms = loaded().plural_forms;
  const whole = Math.abs(Math.trunc(n));
  return forms?.[whole < forms.length ? whole : 100 + (whole % 100)] ?? Number(n !== 1);
}

function fill(message, params) {
  return params ? message.replaceAll(/%\((\w+)\)s/g, (placeholder, name) => params[name] ?? placeholder) : message;
}

function messages() {
  return loaded().messages ?? {};
}

function loaded() {
  catalog ??= JSON.parse(globalThis.document?.getElementById("catalog")?.textContent || "{}");
  return catalog;
}

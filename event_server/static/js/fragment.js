/**
 * Posts the secret that stands behind the # of the address: it never reaches a server's log that way.
 *
 * <form data-fragment="send"> is sent at once, <form data-fragment="keep"> waits for the other fields.
 */
const form = document.querySelector("form[data-fragment]");
const secret = form.elements.namedItem("secret");
const fragment = decodeURIComponent(location.hash.slice(1));

if (fragment) {
  secret.value = fragment;
  // Neither the history nor the next reload is to hold it.
  history.replaceState(null, "", location.pathname);
  if (form.dataset.fragment === "send") form.requestSubmit();
} else if (!secret.value) {
  const words = document.getElementById("fragment-words");
  if (words) words.textContent = words.dataset.missing;
}

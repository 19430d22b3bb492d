/** The plan's page: prints, and looks again by itself while a better plan is being looked for. */
import "./print.js";

const LOOK_AGAIN_MS = 3000;

/** Whoever is reading a round or writing a name is not to lose their place. */
const isBusy = () => document.hidden || document.querySelector(".tables-of-round[open], input:focus") !== null;

const look = () => (isBusy() ? later() : location.reload());
const later = () => setTimeout(look, LOOK_AGAIN_MS);

if (document.querySelector("[data-planning]")) later();

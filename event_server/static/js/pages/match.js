/** Keeps the mixes and the sliders of a match in step: a mix moves the sliders, a moved slider is one's own mix. */
const fields = document.getElementById("match");
const sliders = [...fields.querySelectorAll("input[type=range]")];
const own = fields.querySelector("input[name=preset][value=own]");

function show(slider) {
  slider.nextElementSibling.value = slider.value;
}

fields.addEventListener("input", ({ target }) => {
  if (target.type === "range") {
    own.checked = true;
    show(target);
  } else if (target.name === "preset" && target.dataset.weights) {
    const weights = JSON.parse(target.dataset.weights);
    for (const slider of sliders) {
      slider.value = weights[slider.name.replace("weight_", "")];
      show(slider);
    }
  }
});

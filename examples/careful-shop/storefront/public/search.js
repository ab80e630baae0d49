const heading = document.querySelector('#search-heading');
const term = new URLSearchParams(window.location.search).get('q');

if (term) {
  heading.textContent = `Results for ${term}`;
}

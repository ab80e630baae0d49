/** The public index, by its name: packages from there need no address. */
export const PUBLIC_INDEX = /^https:\/\/pypi\.[a-z]{2,10}\/simple\/?$/u;

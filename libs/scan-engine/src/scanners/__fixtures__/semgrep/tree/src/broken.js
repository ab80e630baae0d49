export function broken( {
  eval(1

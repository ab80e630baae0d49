/**
 * Rules of ZAP whose evidence is the very thing that should not be seen (D38): a token, a password's hash, a person's number.
 * Of these neither evidence nor the query of the address is kept.
 */
export const REVEALING_RULES: ReadonlySet<string> = new Set([
  // Session ids and sensitive values in an address, and in what it passes on
  '3',
  '10024',
  '10025',
  // Hashes and encoded values
  '10057',
  '10094',
  '10097',
  '90002',
  // Numbers of people and cards
  '10062',
  // Credentials and tokens on their way
  '10105',
  '10111',
  '10112',
  '10113',
  // Files with settings
  '40034',
]);

export const API_KEY_HEADER = 'X-API-Key';
/** No other site's page can set it, so the server knows by it that a state-changing request comes from this one. */
export const CSRF_HEADER = 'X-SecureScan-Csrf';

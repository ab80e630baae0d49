/** Injection token of the engine's ports on this machine. */
export const HOST_PORTS = Symbol('HOST_PORTS');

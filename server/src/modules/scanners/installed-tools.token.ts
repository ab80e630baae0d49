/** Injection token of the directory for the tools that the server installs. */
export const INSTALLED_TOOLS = Symbol('installed tools');

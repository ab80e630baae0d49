/** The languages in which verdicts on known vulnerabilities are told to others, the usual one first. */
export const VEX_FORMATS = ['openvex', 'cyclonedx'] as const;
export type VexFormat = (typeof VEX_FORMATS)[number];

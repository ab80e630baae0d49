export const errors = true;

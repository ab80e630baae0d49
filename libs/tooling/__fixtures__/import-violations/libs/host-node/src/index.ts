import '@nestjs/common';
export const host = true;

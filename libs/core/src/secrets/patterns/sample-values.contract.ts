import { randomToken } from '@securescan/testing';

const HEX = '0123456789abcdef';
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

// Parts of samples, of a given length. The seeds differ, so that two parts of one sample do.
export const hex = (length: number): string => randomToken(length, 7, HEX);
export const lower = (length: number): string => randomToken(length, 13, LOWER);
export const upper = (length: number): string => randomToken(length, 5, UPPER);
export const digits = (length: number): string => randomToken(length, 9, '123456789');
export const letters = (length: number): string => randomToken(length, 2, LETTERS);
export const text = (length: number): string => randomToken(length, 11);
export const uuid = hex(32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

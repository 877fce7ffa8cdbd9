import { z } from 'zod';

/**
 * Building blocks of request schemas. The message of a check is the error code to answer, with its
 * text where one was seen. A check without a message answers 40058, "bad parameter: JSON, length,
 * range" (doc 90313).
 */
export function refuse(errcode: number, text?: string): string {
	return text === undefined ? String(errcode) : `${errcode} ${text}`;
}

/** A string that must be there and must not be empty. */
export function requiredString(errcode: number): z.ZodString {
	const message = refuse(errcode);
	return z.string({ required_error: message }).min(1, message);
}

/** WeCom counts some limits in UTF-8 bytes; the page of each says which. */
export function maxBytes(limit: number): (value: string) => boolean {
	return (value) => Buffer.byteLength(value) <= limit;
}

/** It counts others in characters: code points here, so that an emoji is one (A21). */
export function maxCharacters(limit: number): (value: string) => boolean {
	return (value) => [...value].length <= limit;
}

/** An optional list of IDs; `null` counts as absent. */
export const idList = z.array(z.string()).nullish();

export const cursor = z.string().nullish();
export const limit = z.number().int().nullish();

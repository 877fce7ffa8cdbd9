import { z } from 'zod';

import type { Settings } from '../settings';
import { ApiError } from './apiError';

/** Of every list with cursors. */
export const pagingSettings = {
	/** A6: whether a last page that is exactly full carries a cursor (to an empty page). */
	lastPageCursor: z.enum(['empty', 'present']).default('empty'),
	/** A73: a page begins with the last row of the page before it, if pages have two rows or more. */
	repeatRowsAtPageBorder: z.boolean().default(false),
};

type PagingSettings = Pick<Settings, keyof typeof pagingSettings>;

interface LimitRule {
	default: number;
	max: number;
	/** What a limit above the maximum counts as: by endpoint the default (doc 93338) or the maximum (doc 92994). */
	aboveMax: 'default' | 'max';
}

/** Zero and negative limits count as "not given" (A22). */
export function pageSize(limit: number | null | undefined, rule: LimitRule): number {
	if (limit === undefined || limit === null || limit <= 0) return rule.default;
	return limit <= rule.max ? limit : rule[rule.aboveMax];
}

/** Some of the rows, and the cursor of the next ones; empty at the end. */
export interface Page<T> {
	items: T[];
	nextCursor: string;
}

interface PageRequest {
	/** What the cursor belongs to: one from another list or other filters is refused. */
	scope: string;
	cursor: string | null | undefined;
	size: number;
}

/** One page of rows that keep their order and grow only at the end. */
export function pageOf<T>(
	rows: readonly T[],
	{ scope, cursor, size }: PageRequest,
	settings: PagingSettings,
): Page<T> {
	const [start = 0] = readCursor(scope, cursor) ?? [];
	const end = Math.min(start + size, rows.length);
	const items = rows.slice(start, end);
	const more = end < rows.length || pointsBeyondEnd(items.length, size, settings);
	const next = isRepeatedAtBorder(size, settings) ? end - 1 : end;
	return { items, nextCursor: more ? writeCursor(scope, [next]) : '' };
}

/** A6: a page that is exactly full may carry a cursor although nothing comes after it. */
export function pointsBeyondEnd(count: number, size: number, settings: PagingSettings): boolean {
	return settings.lastPageCursor === 'present' && count === size;
}

/** A73: rows may move while they are read. With one row a page that would never end. */
export function isRepeatedAtBorder(size: number, settings: PagingSettings): boolean {
	return settings.repeatRowsAtPageBorder && size > 1;
}

/** Cursors are opaque strings (doc 93338). */
export function writeCursor(scope: string, position: readonly number[]): string {
	return Buffer.from(JSON.stringify([scope, ...position])).toString('base64url');
}

/** The position in the cursor, undefined without one; a foreign or broken cursor answers 40058 (A58). */
export function readCursor(scope: string, cursor: string | null | undefined): number[] | undefined {
	if (!cursor) return undefined;
	const [writtenFor, ...position] = decode(cursor);
	if (writtenFor !== scope) throw new ApiError(40058, 'invalid cursor');
	return position.map(Number);
}

function decode(cursor: string): unknown[] {
	try {
		const content: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
		return Array.isArray(content) ? content : [];
	} catch {
		return [];
	}
}

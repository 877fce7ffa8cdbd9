import { z } from 'zod';

import type { Settings } from '../settings';

const ABSENT_LISTS = ['empty', 'null', 'absent'] as const;

/** Of every response, whatever the endpoint. */
export const wireSettings = {
	/** A67: what the HTTP header `Date` says. */
	dateHeader: z.enum(['clock', 'epoch', 'garbage', 'absent']).default('clock'),
	/** A68: empty lists and texts of a success: `[]` and `""`, `null`, or left out. Default: SANDBOX_ABSENT_LISTS. */
	absentLists: z.enum(ABSENT_LISTS).default(absentListsOfEnvironment),
};

/** So that a whole test run can be played under each value. */
function absentListsOfEnvironment(): Settings['absentLists'] {
	// eslint-disable-next-line @n8n/community-nodes/no-restricted-globals -- the sandbox never ships
	const given = process.env.SANDBOX_ABSENT_LISTS || 'empty';
	const known = ABSENT_LISTS.find((value) => value === given);
	if (!known) throw new Error(`SANDBOX_ABSENT_LISTS is ${given}, not ${ABSENT_LISTS.join(', ')}`);
	return known;
}

/**
 * The header `Date` of a response that is sent now, in the sandbox's own time (A67); undefined: it has
 * none. Responses of something on the way, as faults make them, carry it too.
 */
export function dateHeader(now: number, setting: Settings['dateHeader']): string | undefined {
	switch (setting) {
		case 'clock':
			return new Date(now * 1000).toUTCString();
		case 'epoch':
			return new Date(0).toUTCString();
		case 'garbage':
			return 'some time today';
		case 'absent':
			return undefined;
	}
}

/** A success as it is sent: its empty lists and texts at any depth as the setting says (A68). */
export function asSent(
	response: Readonly<Record<string, unknown>>,
	absentLists: Settings['absentLists'],
): Record<string, unknown> {
	if (absentLists === 'empty') return { ...response };
	const fields: Array<[string, unknown]> = [];
	for (const [name, value] of Object.entries(response)) {
		if (!isEmpty(value)) fields.push([name, partAsSent(value, absentLists)]);
		else if (absentLists === 'null') fields.push([name, null]);
	}
	return Object.fromEntries(fields);
}

function partAsSent(part: unknown, absentLists: Settings['absentLists']): unknown {
	if (Array.isArray(part)) return part.map((each) => partAsSent(each, absentLists));
	return typeof part === 'object' && part !== null
		? asSent(part as Record<string, unknown>, absentLists)
		: part;
}

function isEmpty(value: unknown): boolean {
	return value === '' || (Array.isArray(value) && value.length === 0);
}

import type { Fault } from '../sandbox';

/** WeCom does the work, and nobody gets to know. */
export const RESET_AFTER = { kind: 'reset', after: true } as const satisfies Fault;

/** Faults after which nobody knows whether WeCom did the work. */
export const LOST_RESPONSES = [
	['the connection breaks', RESET_AFTER],
	['a proxy fails', { kind: 'httpStatus', status: 502, after: true }],
	['WeCom is busy', { kind: 'errcode', errcode: -1 }],
	['WeCom seems to say nothing', { kind: 'notJson', body: '{}', after: true }],
] as const satisfies ReadonlyArray<readonly [string, Fault]>;

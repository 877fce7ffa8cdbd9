import type { IDataObject } from 'n8n-workflow';

/** Without daylight saving time, and with an offset that no other setting of the tests has. */
export const ZONE = 'Asia/Kolkata';
export const ISO_IN_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+05:30$/;

/** Times that we compute, which have no number of WeCom's. */
export const COMPUTED = ['first_sent_at', 'last_sent_at', 'recall_ends_at', 'responded_at'];

/** Where the Unix number of a time stands: under WeCom's own name where WeCom has one. */
export const UNIX_NAMES: Readonly<Record<string, readonly string[]>> = {
	created_at: ['create_time', 'createtime', 'created_at_unix'],
	expires_at: ['expires_at_unix'],
	joined_at: ['join_time'],
	sent_at: ['send_time'],
	window_ends_at: ['window_end_time'],
};

/** WeCom's fields whose numbers have names. */
export const CODED = [
	'add_way',
	'create_type',
	'gender',
	'join_scene',
	'service_state',
	'source',
	'status',
	'stop_type',
	'type',
];

/** What no table of names has. */
export const ODD = 99;

export interface FoundObject {
	readonly where: string;
	readonly object: IDataObject;
}

/** All objects in an output, with where they are. */
export function objectsIn(where: string, value: unknown): FoundObject[] {
	if (Array.isArray(value)) return value.flatMap((each) => objectsIn(where, each));
	if (typeof value !== 'object' || value === null) return [];
	const inside = Object.entries(value).flatMap(([key, each]) => objectsIn(`${where}.${key}`, each));
	return [{ where, object: value as IDataObject }, ...inside];
}

/** Which rules an object of an output breaks. */
export function violations({ where, object }: FoundObject): string[] {
	const broken: string[] = [];
	const says = (problem: string) => broken.push(`${where}: ${problem}`);
	for (const [key, value] of Object.entries(object)) {
		if (key.endsWith('_at')) {
			const unixName = UNIX_NAMES[key]?.find((name) => name in object);
			if (COMPUTED.includes(key)) {
				if (value !== null && !ISO_IN_ZONE.test(String(value))) says(`${key} is ${String(value)}`);
			} else if (unixName === undefined) says(`${key} has no Unix number beside it`);
			else if (value === null) {
				if (object[unixName] !== null) says(`${key} is null, and ${unixName} is not`);
			} else if (!ISO_IN_ZONE.test(String(value))) {
				says(`${key} is ${String(value)}`);
			} else if (Date.parse(String(value)) !== Number(object[unixName]) * 1_000) {
				says(`${key} is not the time of ${unixName}`);
			}
		}
		const isTime = Object.values(UNIX_NAMES).flat().includes(key);
		if (
			isTime &&
			!Object.entries(UNIX_NAMES).some(([at, names]) => names.includes(key) && at in object)
		) {
			says(`${key} has no ISO time beside it`);
		}
		if (CODED.includes(key) && typeof value === 'number') {
			const name = object[`${key}_name`];
			if (name === undefined) says(`${key} has no name beside it`);
			if (value === ODD && name !== `unknown_${ODD}`)
				says(`${key} ${ODD} is called ${String(name)}`);
		}
		if (CODED.includes(key.replace(/_name$/, '')) && key.endsWith('_name') && value !== null) {
			if (!/^[a-z][a-z\d]*(_[a-z\d]+)*$/.test(String(value))) says(`${key} is ${String(value)}`);
		}
	}
	return broken;
}

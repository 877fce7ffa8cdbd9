import type { IDataObject } from 'n8n-workflow';

/**
 * What an item holds under the name of a field or under a path, as n8n writes one when a field is dropped:
 * `customer.id`, `ids[0]`, `customer['user id']`. Only the item's own fields count: `toString.name` is none.
 */
export function valueAt(json: IDataObject, path: string): unknown {
	const named = ownValue(json, path);
	return named ?? stepsOf(path).reduce<unknown>(ownValue, json);
}

/** Enumerable ones only, so that the length of a list is no field. */
function ownValue(value: unknown, name: string): unknown {
	const isOwn =
		typeof value === 'object' &&
		value !== null &&
		Object.prototype.propertyIsEnumerable.call(value, name);
	return isOwn ? (value as IDataObject)[name] : undefined;
}

function stepsOf(path: string): string[] {
	const steps = path.matchAll(/\[\s*(?:'([^']*)'|"([^"]*)"|(\d+))\s*\]|([^.[\]]+)/g);
	return [...steps].map(
		([, single, double, index, name]) => single ?? double ?? index ?? name ?? '',
	);
}

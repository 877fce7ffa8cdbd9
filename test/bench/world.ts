/** The company that the fake WeCom of the bench serves, by numbers alone. */
export interface World {
	readonly members: number;
	/** Customers of each member; nobody shares one. */
	readonly customersOfEach: number;
	/** Milliseconds before each answer. */
	readonly delayMs: number;
}

/** A task with results of all members. */
export const MSGID = 'msgOfAll';

export const SERVICE_MESSAGES = 1_000;

/** What the credential holds; the server looks at nothing of it. */
export const CORP = { corpId: 'ww1', secret: 's'.repeat(43) };

export const TAGS = Array.from({ length: 10 }, (_, index) => ({
	id: `etTag${index}`,
	name: `Tag ${index}`,
	create_time: 1,
	order: index,
}));

export function memberId(index: number): string {
	return `member${index}`;
}

/** As long as WeCom's. */
export function customerId(index: number): string {
	return `wmCustomer${String(index).padStart(22, '0')}`;
}

export function customersOf({ customersOfEach }: World, userid: string): number[] {
	const member = Number(userid.slice('member'.length));
	return Array.from({ length: customersOfEach }, (_, index) => member * customersOfEach + index);
}

import { findAgentId } from '../client/appMessages/agent';
import { lazily } from '../client/core/utils';
import type { ItemInput, OperationContext } from '../operation/operation';
import type { Field } from './field';
import { read } from './field';
import { locatorField } from './locator';

const locator = locatorField({
	displayName: 'App',
	name: 'app',
	description:
		'The app that the message comes from. Leave it empty to use the app whose secret the credential has.',
	list: { method: 'searchApps', placeholder: 'The app of the credential' },
	idPlaceholder: 'e.g. 1000002',
	kind: 'app',
	mayBeEmpty: true,
});

/** The agent ID of an app; undefined where none is chosen. A token can use its own app only, so that widens nothing. */
export const appField: Field<number | undefined> = {
	property: locator.property,
	parse(value, label) {
		const id = locator.parse(value, label);
		return id === '' ? undefined : Number(id);
	},
};

/** Gives the agent ID of each item. The app of the credential is looked up at most once, and only if an item needs it. */
export function agentIds({
	client,
}: Pick<OperationContext, 'client'>): (item: ItemInput) => Promise<number> {
	const ofCredential = lazily(async () => await findAgentId(client));
	return async (item) => read(item, appField) ?? (await ofCredential());
}

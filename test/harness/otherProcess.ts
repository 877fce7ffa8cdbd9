import type { WeComExternalContactApi } from '../../credentials/WeComExternalContactApi.credentials';
import type { WeComExternalContact } from '../../nodes/WeComExternalContact/WeComExternalContact.node';
import type * as clockModule from '../../nodes/shared/adapters/clock';
import { createEngine } from './engine';

/**
 * An engine whose node shares no memory with the node of the tests, as in another worker of n8n. The clock of its
 * node is that of the scenario, too.
 */
export function engineOfOtherProcess(now: () => number, sleep: (ms: number) => Promise<void>) {
	let engine: ReturnType<typeof createEngine> | undefined;
	jest.isolateModules(() => {
		const node = jest.requireActual<{ WeComExternalContact: new () => WeComExternalContact }>(
			'../../nodes/WeComExternalContact/WeComExternalContact.node',
		);
		const credential = jest.requireActual<{
			WeComExternalContactApi: new () => WeComExternalContactApi;
		}>('../../credentials/WeComExternalContactApi.credentials');
		const { clock } = jest.requireActual<typeof clockModule>('../../nodes/shared/adapters/clock');
		Object.assign(clock, { now, sleep });
		engine = createEngine({
			nodeTypes: [new node.WeComExternalContact()],
			credentialTypes: [new credential.WeComExternalContactApi()],
		});
	});
	if (!engine) throw new Error('The node could not be loaded a second time');
	return engine;
}

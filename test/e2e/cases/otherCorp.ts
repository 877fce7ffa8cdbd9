import { chain, MANUAL_TRIGGER, wecom } from '../support/workflows';
import type { E2eEnvironment } from '../support/environment';

export function otherCorpCases(environment: E2eEnvironment): void {
	it("the first corp's token is never used after the credential was changed to another corp", async () => {
		const { editor, credential, sandbox } = environment;
		const list = await editor.createWorkflow(
			chain('List', [
				MANUAL_TRIGGER,
				wecom('List', credential, {
					resource: 'customer',
					operation: 'list',
					memberScope: 'all',
					output: 'ids',
					returnAll: true,
				}),
			]),
		);
		const idsSeen = async () => {
			const execution = await editor.runSaved(list);
			expect(execution.error).toBeUndefined();
			return execution.output('List').map(({ json }) => json.external_userid);
		};
		const [teaHouse, books] = [...sandbox.world.corps.values()];
		if (!teaHouse || !books) throw new Error('The small world has two corps');

		expect(new Set(await idsSeen())).toEqual(new Set(teaHouse.customers.keys()));
		await editor.updateCredential(credential, environment.credentialData(books));
		sandbox.log.clear();
		expect(new Set(await idsSeen())).toEqual(new Set(books.customers.keys()));
		expect(environment.calls('gettoken')).toHaveLength(1);
		const tokens = sandbox.log.calls().flatMap(({ tokenIndex }) => tokenIndex ?? []);
		expect(new Set(tokens)).toEqual(new Set([2]));
	});
}

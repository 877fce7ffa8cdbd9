import { NODE_TYPE } from '../support/n8n';
import type { World } from '../support/world';

export function typeCases(world: World): void {
	it.each([NODE_TYPE, `${NODE_TYPE}Tool`])('%s is in the node panel', async (name) => {
		const types = await world.editor.nodeTypes();
		const type = types.find((each) => each.name === name);
		expect(type).toMatchObject({
			displayName: expect.stringContaining('WeCom External Contact'),
			version: 1,
		});
		await expectPictures(world, type?.iconUrl);
	});

	it('the credential type belongs to the node', async () => {
		const types = await world.editor.credentialTypes();
		const type = types.find(({ name }) => name === 'weComExternalContactApi');
		expect(type).toMatchObject({ displayName: 'WeCom External Contact API' });
		expect(type?.supportedNodes).toContain(NODE_TYPE);
		await expectPictures(world, type?.iconUrl);
	});
}

async function expectPictures(world: World, iconUrl: unknown): Promise<void> {
	const urls = Object.values(iconUrl as { light: string; dark: string });
	expect(urls).toHaveLength(2);
	for (const url of urls) {
		expect(await world.editor.file(`/${url}`)).toMatchObject({
			status: 200,
			type: expect.stringContaining('image/svg+xml'),
			body: expect.stringContaining('<svg'),
		});
	}
}

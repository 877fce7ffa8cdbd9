import { NODE_TYPE } from '../support/n8n';
import type { E2eEnvironment } from '../support/environment';

export function typeCases(environment: E2eEnvironment): void {
	it.each([NODE_TYPE, `${NODE_TYPE}Tool`])('%s is in the node panel', async (name) => {
		const types = await environment.editor.nodeTypes();
		const type = types.find((each) => each.name === name);
		expect(type).toMatchObject({
			displayName: expect.stringContaining('WeCom External Contact'),
			version: 1,
		});
		await expectPictures(environment, type?.iconUrl);
	});

	it('the credential type belongs to the node', async () => {
		const types = await environment.editor.credentialTypes();
		const type = types.find(({ name }) => name === 'weComExternalContactApi');
		expect(type).toMatchObject({ displayName: 'WeCom External Contact API' });
		expect(type?.supportedNodes).toContain(NODE_TYPE);
		await expectPictures(environment, type?.iconUrl);
	});
}

async function expectPictures(environment: E2eEnvironment, iconUrl: unknown): Promise<void> {
	const urls = Object.values(iconUrl as { light: string; dark: string });
	expect(urls).toHaveLength(2);
	for (const url of urls) {
		expect(await environment.editor.file(`/${url}`)).toMatchObject({
			status: 200,
			type: expect.stringContaining('image/svg+xml'),
			body: expect.stringContaining('<svg'),
		});
	}
}

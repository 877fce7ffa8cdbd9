import { CALLBACK_CREDENTIAL_TYPE, CREDENTIAL_TYPE, NODE_TYPE, TRIGGER_TYPE } from '../support/n8n';
import type { E2eEnvironment } from '../support/environment';

export function typeCases(environment: E2eEnvironment): void {
	it.each([NODE_TYPE, `${NODE_TYPE}Tool`, TRIGGER_TYPE])(
		'%s is in the node panel',
		async (name) => {
			const types = await environment.editor.nodeTypes();
			const type = types.find((each) => each.name === name);
			expect(type).toMatchObject({
				displayName: expect.stringContaining('WeCom External Contact'),
				version: 1,
			});
			await expectPictures(environment, type?.iconUrl);
		},
	);

	it.each([
		[CREDENTIAL_TYPE, 'WeCom External Contact API', NODE_TYPE],
		[CREDENTIAL_TYPE, 'WeCom External Contact API', TRIGGER_TYPE],
		[CALLBACK_CREDENTIAL_TYPE, 'WeCom Callback API', TRIGGER_TYPE],
	])('the credential type %s, "%s", belongs to %s', async (name, displayName, node) => {
		const types = await environment.editor.credentialTypes();
		const type = types.find((each) => each.name === name);
		expect(type).toMatchObject({ displayName });
		expect(type?.supportedNodes).toContain(node);
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

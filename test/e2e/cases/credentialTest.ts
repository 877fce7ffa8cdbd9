import type { E2eEnvironment } from '../support/environment';
import { CallbackUrl } from '../support/callbackUrl';
import { CALLABLE_AGENT_ID } from '../../sandbox';

/** What the credential dialog says. */
export function credentialTestCases(environment: E2eEnvironment): void {
	const test = async (change: object = {}) =>
		await environment.editor.testCredential(environment.credential, {
			...environment.credentialData(),
			...change,
		});
	const app = () => {
		const found = environment.sandbox.world.corp.apps.get(CALLABLE_AGENT_ID);
		if (!found) throw new Error('The sandbox has no app');
		return found;
	};

	it('a credential that works', async () => {
		expect(await test()).toMatchObject({ status: 'OK' });
	});

	it('a wrong secret', async () => {
		expect(await test({ secret: 'not-the-secret' })).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/refused the secret.*40001/s),
		});
	});

	it('an IP that is not trusted, with the IP to add', async () => {
		app().trustedIps = ['198.51.100.1'];
		environment.sandbox.world.callerIp = '203.0.113.44';
		expect(await test()).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/203\.0\.113\.44.*60020/s),
		});
	});

	it('an app that is not in the callable list', async () => {
		app().callable = false;
		expect(await test()).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/may not call.*Customer Contact > API.*48002/s),
		});
	});

	it('WeCom cannot be reached', async () => {
		const { status, message } = await test({ baseUrl: 'http://127.0.0.1:9' });
		expect(status).toBe('Error');
		expect(message).not.toContain(environment.sandbox.secret);
	});

	it('of a callback URL: whether its values have the right form', async () => {
		const { editor, sandbox, callbackSurroundings } = environment;
		const { credential, secrets } = await CallbackUrl.create(callbackSurroundings);
		const testWith = async (encodingAesKeySecret: string) =>
			await editor.testCredential(credential, {
				corpId: sandbox.corpId,
				token: secrets.token,
				encodingAesKeySecret,
			});
		expect(await testWith(secrets.encodingAesKey)).toMatchObject({ status: 'OK' });
		expect(await testWith(secrets.encodingAesKey.slice(1))).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('43'),
		});
	});
}

import { engineWith, type Execute, requestAs, useToyServer } from './toys';

const server = useToyServer();

const parameters = {};

describe('credentials', () => {
	const echo: Execute = async function () {
		return [[{ json: await requestAs(this, 'toyApi', `${server.address}/echo`) }]];
	};

	it('get their first token, which is stored for the next run', async () => {
		const engine = engineWith(echo);
		const credential = engine.credential({ url: server.address, password: 'one' });

		const first = await engine.run({ node: { parameters }, credential });
		const second = await engine.run({ node: { parameters }, credential });

		expect(first.items[0]?.json.query).toEqual({ token: 'token of one' });
		expect(second.items).toEqual(first.items);
		expect(server.log).toEqual(['/token', '/echo', '/echo']);
		expect(credential.data).toEqual({
			url: server.address,
			password: 'one',
			token: 'token of one',
		});
		expect(credential.writes).toBe(1);
	});

	it('are refreshed when authenticate refuses the stored token, before any request', async () => {
		const engine = engineWith(echo);
		const credential = engine.credential({
			url: server.address,
			password: 'one',
			token: 'token of one',
		});
		credential.edit({ password: 'two' });
		expect(credential.data.token).toBe('token of one');

		const { items } = await engine.run({ node: { parameters }, credential });

		expect(items[0]?.json.query).toEqual({ token: 'token of two' });
		expect(server.log).toEqual(['/token', '/echo']);
		expect(credential.data.token).toBe('token of two');
		expect(credential.writes).toBe(1);
	});

	it('are read and written like rows of a database, so that simultaneous runs can race', async () => {
		const engine = engineWith(echo);
		const credential = engine.credential({ url: server.address, password: 'one' });
		const run = { node: { parameters }, credential };

		const results = await Promise.all([engine.run(run), engine.run(run)]);

		expect(results.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(server.log.filter((path) => path === '/token')).toHaveLength(2);
		expect(credential.writes).toBe(2);
	});

	it('keep an expression that a refresh has resolved', async () => {
		const engine = engineWith(echo);
		const credential = engine.credential({ url: server.address, password: '={{ "o" + "ne" }}' });

		const { items } = await engine.run({ node: { parameters }, credential });

		expect(items[0]?.json.query).toEqual({ token: 'token of one' });
		expect(credential.data.password).toBe('={{ "o" + "ne" }}');
	});

	it('have their defaults', async () => {
		const { items } = await engineWith(echo).run({
			node: { parameters },
			credential: { url: server.address },
		});

		expect(items[0]?.json.query).toEqual({ token: 'token of default' });
	});

	it('authenticate declaratively', async () => {
		const engine = engineWith(async function () {
			return [[{ json: await requestAs(this, 'keyApi', `${server.address}/echo`) }]];
		});
		const credential = engine.credential({ key: 'K' }, 'keyApi');

		const { items } = await engine.run({ node: { parameters }, credential });

		expect(items[0]?.json.key).toBe('K');
	});

	it('are missed by a node that has none', async () => {
		const { error, status } = await engineWith(echo).run({ node: { parameters } });

		expect(status).toBe('error');
		expect(error?.message).toBe('Node does not require credentials');
	});
});

describe('the test of a credential', () => {
	const engine = engineWith(jest.fn());

	it('succeeds and stores the token', async () => {
		const credential = engine.credential({ url: server.address, password: 'one' });

		expect(await engine.testCredential(credential)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(credential.data.token).toBe('token of one');
	});

	it('shows why the token was not given', async () => {
		expect(await engine.testCredential({ url: server.address, password: 'wrong' })).toEqual({
			status: 'Error',
			message: 'Forbidden',
		});
	});

	it('applies the rules to the answer', async () => {
		expect(await engine.testCredential({ url: server.address, password: '7' })).toEqual({
			status: 'Error',
			message: 'Seven is not allowed',
		});
	});

	it('reuses a stored token, as n8n does, or asks for a new one, as it means to', async () => {
		const credential = engine.credential({
			url: server.address,
			password: 'one',
			token: 'token of one',
		});

		await engine.testCredential(credential);
		expect(server.log).toEqual(['/echo']);
		await engine.testCredential(credential, { newToken: true });
		expect(server.log).toEqual(['/echo', '/token', '/echo']);
	});

	it('can be a function of the node', async () => {
		const right = engine.credential({ key: 'right' }, 'keyApi');
		const wrong = engine.credential({ key: 'wrong' }, 'keyApi');

		expect(await engine.testCredential(right)).toEqual({ status: 'OK', message: 'It fits' });
		expect(await engine.testCredential(wrong)).toEqual({
			status: 'Error',
			message: 'It does not fit',
		});
	});
});

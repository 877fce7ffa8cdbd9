import { engineWith, useToyServer } from './toys';

const server = useToyServer();

const engine = engineWith(jest.fn());

it('searches a list with what the user has entered, and gets a token', async () => {
	const credential = engine.credential({ url: server.address, password: 'one' });

	const found = await engine.listSearch('searchWords', {
		filter: 'x',
		paginationToken: '2',
		currentNodeParameters: { word: 'typed' },
		credential,
	});

	expect(found).toEqual({
		results: [{ name: 'typed x', value: 'token of one' }],
		paginationToken: 'after 2',
	});
	expect(credential.writes).toBe(1);
});

it('loads options with the defaults of parameters not touched', async () => {
	expect(await engine.loadOptions('getWords')).toEqual([{ name: 'default word', value: 1 }]);
});

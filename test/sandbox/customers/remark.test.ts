import type { Corp } from '../index';
import type { Body, TestClient } from '../testClient';
import { customersOf, useSandbox } from '../testClient';

describe('remark (doc 92115)', () => {
	let client: TestClient;
	let corp: Corp;
	let id: string;
	useSandbox({}, (fresh) => ({ client, corp } = fresh));
	beforeEach(() => {
		[id] = customersOf(corp, 'lin', 1) as [string];
	});

	const remark = async (body: object): Promise<Body> =>
		await client.contact('remark', { userid: 'lin', external_userid: id, ...body });
	const follower = async (): Promise<Body> => {
		const query = { external_userid: id };
		const { follow_user: rows } = await client.get('/cgi-bin/externalcontact/get', query);
		return rows.find((row: Body) => row.userid === 'lin');
	};

	test('only the given fields change', async () => {
		expect(await remark({ description: 'Met at the fair' })).toEqual({ errcode: 0, errmsg: 'ok' });
		await remark({ remark: 'Amy, VIP', remark_company: 'Hill Ltd' });
		expect(await follower()).toMatchObject({
			remark: 'Amy, VIP',
			description: 'Met at the fair',
			remark_corp_name: 'Hill Ltd',
			remark_mobiles: ['13800000000'],
		});
	});

	test('mobiles replace the list; an empty string clears it (A38)', async () => {
		const mobiles = async (value: unknown) => {
			await remark({ remark_mobiles: value, description: 'x' });
			return (await follower()).remark_mobiles;
		};
		expect(await mobiles(['13900000001', '13900000002'])).toEqual(['13900000001', '13900000002']);
		expect(await mobiles([])).toHaveLength(2);
		expect(await mobiles([''])).toEqual([]);
		expect(await mobiles(['13900000003'])).toHaveLength(1);
		expect(await mobiles('')).toEqual([]);
	});

	test('lengths count characters, not bytes', async () => {
		expect(await remark({ remark: '林'.repeat(20) })).toMatchObject({ errcode: 0 });
		expect(await remark({ remark: '🌻'.repeat(20) })).toMatchObject({ errcode: 0 });
		expect(await remark({ remark: 'a'.repeat(21) })).toMatchObject({ errcode: 40058 });
		expect(await remark({ description: '林'.repeat(150) })).toMatchObject({ errcode: 0 });
		expect(await remark({ description: 'a'.repeat(151) })).toMatchObject({ errcode: 40058 });
		expect(await remark({ remark_company: 'a'.repeat(21) })).toMatchObject({ errcode: 40058 });
	});

	test('A37: a WeCom user keeps their own company', async () => {
		const [wecomUser] = customersOf(corp, 'lin').filter((each) => each.startsWith('wo'));
		await remark({ external_userid: wecomUser, remark_company: 'Other' });
		expect(corp.relation('lin', wecomUser ?? '')?.remarkCompany).toBe('');
	});

	test('refusals', async () => {
		expect(await remark({})).toMatchObject({ errcode: 40063 });
		expect(await remark({ remark_mobiles: [] })).toMatchObject({ errcode: 40063 });
		const named = { remark: 'x' };
		expect(await remark({ ...named, userid: undefined })).toMatchObject({ errcode: 40003 });
		expect(await remark({ ...named, userid: 'nobody' })).toMatchObject({ errcode: 40003 });
		expect(await remark({ ...named, external_userid: '' })).toMatchObject({ errcode: 41035 });
		expect(await remark({ ...named, external_userid: 'wm1' })).toMatchObject({ errcode: 40096 });
		expect(await remark({ ...named, userid: 'chen' })).toMatchObject({ errcode: 84061 });
		expect(await remark({ remark_pic_mediaid: 'nope' })).toMatchObject({ errcode: 40007 });
		expect(await remark({ remark_mobiles: '138' })).toMatchObject({ errcode: 40058 });
	});
});

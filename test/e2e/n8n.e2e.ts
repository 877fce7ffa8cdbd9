import { campaignCases } from './cases/campaign';
import { credentialTestCases } from './cases/credentialTest';
import { tokenCases } from './cases/token';
import { typeCases } from './cases/types';
import { World } from './support/world';

const world = new World();
beforeAll(async () => await world.start());
beforeEach(async () => await world.reset());
afterAll(async () => await world.stop());

describe(`n8n ${World.version}`, () => {
	describe('types', () => typeCases(world));
	describe('credential test', () => credentialTestCases(world));
	describe('campaign', () => campaignCases(world));
	describe('token', () => tokenCases(world));
});

import { N8N_VERSIONS } from './support/cache';
import { findBrowser } from './support/browser';
import { World } from './support/world';
import { agentCases } from './cases/agent';
import { browserCases } from './cases/browser';
import { campaignCases } from './cases/campaign';
import { credentialTestCases } from './cases/credentialTest';
import { exactlyOnceCases } from './cases/exactlyOnce';
import { httpRequestCases } from './cases/httpRequest';
import { largeCases } from './cases/large';
import { leakCases } from './cases/leaks';
import { otherCorpCases } from './cases/otherCorp';
import { scheduleCases } from './cases/schedule';
import { tokenCases } from './cases/token';
import { typeCases } from './cases/types';

const world = new World();
beforeAll(async () => await world.start());
beforeEach(async () => await world.reset());
afterAll(async () => await world.stop());

describe(`n8n ${World.version}`, () => {
	describe('types', () => typeCases(world));
	describe('credential test', () => credentialTestCases(world));
	describe('campaign', () => campaignCases(world));
	describe('token', () => tokenCases(world));
	if (World.version === N8N_VERSIONS[0]) {
		describe('HTTP Request node', () => httpRequestCases(world));
		describe('other corp', () => otherCorpCases(world));
		describe('exactly once', () => exactlyOnceCases(world));
		describe('AI agent', () => agentCases(world));
		describe('schedule', () => scheduleCases(world));
		if (findBrowser()) describe('browser', () => browserCases(world));
		describe('large', () => largeCases(world));
	}
	describe('leaks', () => leakCases(world));
});

import { N8N_VERSIONS } from './support/cache';
import { findBrowser } from './support/browser';
import { E2eEnvironment } from './support/environment';
import { agentCases } from './cases/agent';
import { browserCases } from './cases/browser';
import { campaignCases } from './cases/campaign';
import { canvasCases } from './cases/canvases';
import { chatPageCases } from './cases/chatPage';
import { credentialTestCases } from './cases/credentialTest';
import { customerServiceCases } from './cases/customerService';
import { exactlyOnceCases } from './cases/exactlyOnce';
import { exampleCases } from './cases/examples';
import { httpRequestCases } from './cases/httpRequest';
import { largeCases } from './cases/large';
import { leakCases } from './cases/leaks';
import { otherCorpCases } from './cases/otherCorp';
import { scheduleCases } from './cases/schedule';
import { sendAndWaitCases } from './cases/sendAndWait';
import { serviceAgentCases } from './cases/serviceAgent';
import { tokenCases } from './cases/token';
import { triggerCases } from './cases/trigger';
import { badRequestCases } from './cases/triggerBadRequests';
import { triggerOnceCases } from './cases/triggerOnce';
import { triggerPanelCases } from './cases/triggerPanel';
import { typeCases } from './cases/types';

const environment = new E2eEnvironment();
beforeAll(async () => await environment.start());
beforeEach(async () => await environment.reset());
afterAll(async () => await environment.stop());

describe(`n8n ${E2eEnvironment.version}`, () => {
	describe('types', () => typeCases(environment));
	describe('credential test', () => credentialTestCases(environment));
	describe('campaign', () => campaignCases(environment));
	describe('token', () => tokenCases(environment));
	describe('send and wait', () => sendAndWaitCases(environment));
	describe('trigger', () => triggerCases(environment));
	describe('trigger, exactly once', () => triggerOnceCases(environment));
	describe('trigger, bad requests', () => badRequestCases(environment));
	describe('customer service', () => customerServiceCases(environment));
	if (E2eEnvironment.version === N8N_VERSIONS[0]) {
		describe('HTTP Request node', () => httpRequestCases(environment));
		describe('other corp', () => otherCorpCases(environment));
		describe('exactly once', () => exactlyOnceCases(environment));
		describe('examples', () => exampleCases(environment));
		describe('AI agent', () => agentCases(environment));
		describe('customer service, AI agent', () => serviceAgentCases(environment));
		describe('schedule', () => scheduleCases(environment));
		if (findBrowser()) {
			describe('browser', () => browserCases(environment));
			describe('examples, canvases', () => canvasCases(environment));
			describe('customer service, chat page', () => chatPageCases(environment));
			describe('trigger, panel', () => triggerPanelCases(environment));
		}
		describe('large', () => largeCases(environment));
	}
	describe('leaks', () => leakCases(environment));
});

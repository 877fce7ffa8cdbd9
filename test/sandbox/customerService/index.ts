import type { Area } from '../core/area';
import {
	addContactWay,
	addKfAccount,
	deleteKfAccount,
	listKfAccounts,
	updateKfAccount,
} from './accounts';
import { addCustomerServiceControls } from './control';
import {
	batchGetCustomers,
	cancelUpgradeService,
	getUpgradeServiceConfig,
	upgradeService,
} from './customers';
import { sendMsg, sendMsgOnEvent } from './sendMsg';
import { addServicers, deleteServicers, listServicers } from './servicers';
import { getServiceState, transServiceState } from './serviceState';
import { getCorpStatistic, getServicerStatistic } from './statistics';
import { syncMsg } from './syncMsg';

/** Customer service, 微信客服 (docs 94645 to 94677, 95122, 95159, 95489 and 95490). */
export const customerService: Area = {
	endpoints: [
		addKfAccount,
		deleteKfAccount,
		updateKfAccount,
		listKfAccounts,
		addContactWay,
		addServicers,
		deleteServicers,
		listServicers,
		syncMsg,
		sendMsg,
		sendMsgOnEvent,
		getServiceState,
		transServiceState,
		batchGetCustomers,
		getUpgradeServiceConfig,
		upgradeService,
		cancelUpgradeService,
		getCorpStatistic,
		getServicerStatistic,
	],
	errorTexts: {
		48007: 'kf account not authorized',
		95000: 'invalid open_kfid',
		95001: 'send msg count limit',
		95002: 'send msg time limit',
		95004: 'open_kfid not exist',
		95005: 'kf account count limit',
		95006: 'invalid kf account name',
		95007: 'invalid msgtoken',
		95008: 'menu list count limit',
		95009: 'invalid menu type',
		95013: 'session is over',
		95014: 'userid is not a servicer',
		95016: 'not allowed to change service state',
		95017: 'kf api is closed',
		// Observed 2022.
		95018: 'send msg session status invalid',
		95019: 'servicer is not receiving',
		95021: 'upgrade service target not configured',
		95026: 'kf account low usage',
		95027: 'unverified corp kf account count limit',
	},
	addControls: addCustomerServiceControls,
};

/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the sources next to it */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { appMessagesSettings } from './appMessages/settings';
import { areas } from './areas';
import { authSettings } from './auth/settings';
import { callbacksSettings } from './callbacks/settings';
import { generalErrorTexts } from './core/apiError';
import { pagingSettings } from './core/paging';
import { wireSettings } from './core/wire';
import { customerGroupsSettings } from './customerGroups/settings';
import { customersSettings } from './customers/settings';
import { customerServiceSettings } from './customerService/settings';
import { massMessagesSettings } from './massMessages/settings';
import { settingsSchema } from './settings';
import { tagsSettings } from './tags/settings';
import { welcomeSettings } from './welcome/settings';

const settings = [
	wireSettings,
	pagingSettings,
	authSettings,
	customersSettings,
	tagsSettings,
	massMessagesSettings,
	customerGroupsSettings,
	callbacksSettings,
	welcomeSettings,
	customerServiceSettings,
	appMessagesSettings,
];

function repeated(names: readonly string[]): string[] {
	return names.filter((name, index) => names.indexOf(name) !== index);
}

describe('areas do not get in each other’s way', () => {
	test('no path is answered by two', () => {
		const paths = areas.flatMap(({ endpoints = [] }) => endpoints.map(({ path }) => path));
		expect(paths.length).toBeGreaterThan(20);
		expect(repeated(paths)).toEqual([]);
	});

	test('no error code has a text in two', () => {
		const texts = [generalErrorTexts, ...areas.map(({ errorTexts = {} }) => errorTexts)];
		expect(repeated(texts.flatMap((each) => Object.keys(each)))).toEqual([]);
	});

	test('no setting is declared in two, and each can be set', () => {
		const names = settings.flatMap((each) => Object.keys(each));
		expect(repeated(names)).toEqual([]);
		expect(names.sort()).toEqual(Object.keys(settingsSchema.shape).sort());
	});

	test('core/ runs without any of them: it takes no more than types from outside', () => {
		const folder = join(__dirname, 'core');
		const imports = readdirSync(folder)
			.filter((file) => !file.endsWith('.test.ts'))
			.flatMap(
				(file) => readFileSync(join(folder, file), 'utf8').match(/^import .*'\.\..*$/gm) ?? [],
			);
		expect(imports.filter((line) => !line.startsWith('import type '))).toEqual([]);
	});
});

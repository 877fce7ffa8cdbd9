// A dialog that asks for some values before something happens.

let dialogs = 0;

/**
 * Asks for the fields: `{ name, label, type, value, options, hint, required }`, where `type` is text, select,
 * checkbox or several. Gives the values by name, or undefined when the person cancels.
 */
function ask(title, confirm, fields) {
	dialogs += 1;
	const titleId = `dialog-${dialogs}`;
	const rows = fields.map(fieldRow);
	const cancel = element('button', { type: 'button', text: 'Cancel', className: 'quiet' });
	const form = element(
		'form',
		{ method: 'dialog' },
		element('h2', { id: titleId, text: title }),
		...rows.map(({ row }) => row),
		element(
			'div',
			{ className: 'foot' },
			cancel,
			element('button', { className: 'confirm', value: 'ok', text: confirm }),
		),
	);
	const dialog = element('dialog', {}, form);
	dialog.setAttribute('aria-labelledby', titleId);
	cancel.onclick = () => dialog.close('');
	document.body.append(dialog);
	const opener = document.activeElement;
	return new Promise((resolve) => {
		dialog.onclose = () => {
			dialog.remove();
			opener?.focus?.();
			resolve(
				dialog.returnValue === 'ok'
					? Object.fromEntries(rows.map(({ name, read }) => [name, read()]))
					: undefined,
			);
		};
		dialog.showModal();
	});
}

function fieldRow(field) {
	const { type = 'text' } = field;
	if (type === 'several') return severalRow(field);
	const { name, label, value, options = [], hint, required } = field;
	const input =
		type === 'select'
			? element('select', {}, ...options.map((option) => element('option', option)))
			: element('input', { type, autocomplete: 'off' });
	if (type === 'checkbox') input.checked = value === true;
	else if (value !== undefined) input.value = value;
	input.required = required === true;
	const row = element(
		'label',
		{ className: type },
		element('span', { text: label }),
		input,
		hint && element('small', { text: hint }),
	);
	return { name, row, read: () => (type === 'checkbox' ? input.checked : input.value) };
}

function severalRow({ name, label, value = [], options }) {
	const boxes = options.map((option) => ({
		value: option.value,
		input: element('input', { type: 'checkbox', checked: value.includes(option.value) }),
		text: option.text,
	}));
	const row = element(
		'fieldset',
		{},
		element('legend', { text: label }),
		...boxes.map(({ input, text }) =>
			element('label', { className: 'checkbox' }, element('span', { text }), input),
		),
	);
	const read = () => boxes.filter(({ input }) => input.checked).map((box) => box.value);
	return { name, row, read };
}

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/**
 * The node's parameters in one run. n8n takes several microseconds for each value of each item, whatever stands in the
 * parameter: one without an expression is the same for every item, and is read once.
 */
export class Parameters {
	private readonly values = new Map<string, unknown>();
	private readonly locators = new Map<string, unknown>();
	private readonly options = new Map<string, unknown>();
	/** Whether a parameter, or a part of it, is an expression. */
	private readonly expressions = new Map<string, boolean>();
	/** As the workflow stores them; undefined where they are no collection. */
	private readonly storedOptions: IDataObject | undefined;

	constructor(private readonly context: IExecuteFunctions) {
		const stored = this.raw('options', {});
		this.storedOptions = isCollection(stored) ? stored : undefined;
	}

	/** With expressions resolved for this item. */
	value(name: string, item: number): unknown {
		return this.once(this.values, name, () => this.context.getNodeParameter(name, item, undefined));
	}

	/** The selection in a resource locator, with expressions resolved for this item. */
	locator(name: string, item: number): unknown {
		return this.once(this.locators, name, () =>
			this.context.getNodeParameter(name, item, '', { extractValue: true }),
		);
	}

	/** The options that were added, with expressions resolved for this item. */
	allOptions(item: number): IDataObject {
		return this.context.getNodeParameter('options', item, {}) as IDataObject;
	}

	/**
	 * Whether an option was added; undefined where only its item can tell, because an expression stands in place of all
	 * options.
	 */
	hasOption(name: string): boolean | undefined {
		return this.storedOptions && name in this.storedOptions;
	}

	/** Whether an option, or its absence, is the same for every item. */
	isConstantOption(name: string): boolean {
		if (this.storedOptions === undefined) return false;
		return !hasExpression(this.storedOptions[name]);
	}

	/** @param all the options of the item that asks */
	option(name: string, all: () => IDataObject): unknown {
		if (!this.isConstantOption(name)) return all()[name];
		if (!this.options.has(name)) this.options.set(name, all()[name]);
		return this.options.get(name);
	}

	/** A failure is not kept: it names its item. */
	private once(known: Map<string, unknown>, name: string, read: () => unknown): unknown {
		if (known.has(name)) return known.get(name);
		const value = read();
		if (!this.varies(name)) known.set(name, value);
		return value;
	}

	private varies(name: string): boolean {
		const known = this.expressions.get(name);
		if (known !== undefined) return known;
		const varies = hasExpression(this.raw(name));
		this.expressions.set(name, varies);
		return varies;
	}

	private raw(name: string, otherwise: unknown = null): unknown {
		return this.context.getNodeParameter(name, 0, otherwise, { rawExpressions: true });
	}
}

/** n8n resolves every text that begins with "=", also within lists and collections. */
function hasExpression(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return isExpression(value);
	return Object.values(value).some(hasExpression);
}

function isExpression(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}

function isCollection(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

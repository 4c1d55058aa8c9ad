(() => {
"use strict";

// Small helpers over the document. Text from outside only ever goes through textContent.

const byId = (id) => document.getElementById(id);

const svgNamespace = (() => {
  const template = document.createElement("template");
  template.innerHTML = "<svg></svg>";
  return template.content.firstChild.namespaceURI;
})();

const set = (element, attributes) => {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

const make = (name, attributes = {}, text) => {
  const element = set(document.createElement(name), attributes);
  if (text !== undefined) element.textContent = text;
  return element;
};

const draw = (parent, name, attributes = {}, text) => {
  const element = set(document.createElementNS(svgNamespace, name), attributes);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
};

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

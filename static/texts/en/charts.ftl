### Charts and live numbers.
